"""The floor every app stands on: no models, no app is imported here."""
