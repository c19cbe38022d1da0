"""How every shipped model was made: frames are rendered here, networks learn here, nothing here is imported by the app."""
