"""Everything that is true without a screen.

`measure/` looks, `stages/` change one image, `batch/` decides about many, `store/` remembers, `tools/` wraps other
people's engines, `run/` puts them in order.

The journey of one image: `batch.ingest` copies the original into the studio under its SHA-256 and records it;
`run.line.process_image` reads it and passes a frozen `WorkItem` through prepare, classify, cut_out, whiten, frame,
correct_color and score; the calling thread records the `Outcome` as a new version; a person or the score decides;
`run.deliver` renders, encodes, reads the written bytes back and only then calls the file a delivery.
"""
