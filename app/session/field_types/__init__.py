"""Types of fields: which values are legal, and their form in JSON and in a column.

Every type has the same operations:

``typed``
    The value as it is stored; raises ``InvalidInput`` for a value of another type.
``legal``
    ``typed``, and within what the session allows (scale, half levels). For what a user enters.
``of_edit``
    ``typed``, but a text stays as it is in the log.
``read``
    The value in a foreign JSON document; raises ``InvalidInput`` with the sentence that says what
    is needed in its place.
``to_json``, ``from_json``
    For documents of our own.
``to_log``, ``from_log``
    For the change log of a library.
``to_sql``, ``from_sql``
    For a column of type ``sql_type``.
"""
