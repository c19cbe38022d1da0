"""Engines behind Protocols and the Toolbox that holds them; the only home of rembg, onnxruntime and pymatting."""
