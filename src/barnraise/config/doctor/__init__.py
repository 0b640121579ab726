"""`barnraise doctor`: one module for each part that can be wrong; examining.py asks them all."""
