"""The import flow, step by step; each step has an address, so that it can be left and taken up again."""
