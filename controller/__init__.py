"""The controller: the one process that decides what happens in the hall.

This package file and `controller.hall` import the standard library only, so that
a kiosk can use the numbering rules without the controller's libraries.
"""
