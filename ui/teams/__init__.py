"""The teams page: the units of one client side by side."""
