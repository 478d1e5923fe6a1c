"""Code that runs before installation or before Qt: set-up, system libraries, screen."""
