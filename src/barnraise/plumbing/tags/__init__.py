"""Free labels on anything, merged and renamed in one place."""
