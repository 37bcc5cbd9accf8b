"""Workbooks and text files of any kind, read into grids of cells."""
