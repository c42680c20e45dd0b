"""The bundled recording of `saddle demo`."""
