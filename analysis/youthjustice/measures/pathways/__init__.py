"""Stages that follow one another: what each adds to the ratio at the end."""
