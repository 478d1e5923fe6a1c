"""How things are kept: the library, and the files maturity models come from and go to."""
