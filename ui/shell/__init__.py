"""The main window's frame: menus, keys, header, notices, saving and closing."""
