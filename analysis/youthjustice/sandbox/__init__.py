"""Files from anywhere, read in a process of their own with little memory and little time.

The process itself imports neither pandas nor numpy, so that it starts at once.
"""
