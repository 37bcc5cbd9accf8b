"""Live tracking: a cohort that is still followed, what is known of it, and its forecast."""
