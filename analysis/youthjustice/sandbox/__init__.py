"""Files from anywhere, read in a process of their own with little memory and little time.

Nothing here imports pandas, so that the process starts at once.
"""
