"""Activities in the formats of other programs: objects in, data out. Nothing here knows of a request."""
