"""A second verifier, written from docs/SPEC.md with nothing but the standard library."""
