"""Qt's item models over what the rest of the program keeps."""
