"""Display pixels: geometry of the panes, pyramids, evidence layers and the cache. Numbers here never judge an image."""
