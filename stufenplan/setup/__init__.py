"""What runs before anything is installed or Qt is imported: set-up, system libraries, screen."""
