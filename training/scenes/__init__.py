"""Random studio scenes for Blender as a Python module: products, materials, backdrop, light, camera, matte."""
