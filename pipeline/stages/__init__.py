"""One public function per file: a WorkItem in, the WorkItem that follows from it out."""
