"""What the area report says, one section a file; the notebook calls and orders them."""
