"""The nouns: frozen records that travel between the rooms. numpy and the standard library only.

Arrays inside records are read-only (`freeze`); a change is a new record (`dataclasses.replace`). Records that hold
arrays compare by identity (`eq=False`), since `==` on arrays has no single truth value.
"""

from pipeline.model.judgement import Box
from pipeline.model.judgement import Evidence
from pipeline.model.judgement import Flag
from pipeline.model.judgement import Gate
from pipeline.model.judgement import QcScore
from pipeline.model.judgement import Reading
from pipeline.model.judgement import Routing
from pipeline.model.kinds import Action
from pipeline.model.kinds import Complexity
from pipeline.model.kinds import Queue
from pipeline.model.kinds import Role
from pipeline.model.kinds import Route
from pipeline.model.kinds import State
from pipeline.model.kinds import Verdict
from pipeline.model.pixels import Photo
from pipeline.model.pixels import WorkItem
from pipeline.model.pixels import freeze
from pipeline.model.records import Batch
from pipeline.model.records import Change
from pipeline.model.records import Decision
from pipeline.model.records import Entry
from pipeline.model.records import Frame
from pipeline.model.records import Grade
from pipeline.model.records import HueShift
from pipeline.model.records import ImageRecord
from pipeline.model.records import NewImage
from pipeline.model.records import Outcome
from pipeline.model.records import ShootGroup
from pipeline.model.records import Step
from pipeline.model.records import Version
from pipeline.model.review import Card
from pipeline.model.review import Facets
from pipeline.model.review import Hold
from pipeline.model.review import Member
from pipeline.model.review import Order
from pipeline.model.review import Selection

__all__ = [
    "Action",
    "Batch",
    "Box",
    "Card",
    "Change",
    "Complexity",
    "Decision",
    "Entry",
    "Evidence",
    "Facets",
    "Flag",
    "Frame",
    "Gate",
    "Grade",
    "Hold",
    "HueShift",
    "ImageRecord",
    "Member",
    "NewImage",
    "Order",
    "Outcome",
    "Photo",
    "QcScore",
    "Queue",
    "Reading",
    "Role",
    "Route",
    "Routing",
    "Selection",
    "ShootGroup",
    "State",
    "Step",
    "Verdict",
    "Version",
    "WorkItem",
    "freeze",
]
