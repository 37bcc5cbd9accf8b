"""The national picture: England and Wales, each series apart and each break drawn."""
