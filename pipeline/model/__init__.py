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
from pipeline.model.release import Answer
from pipeline.model.release import Candidate
from pipeline.model.release import Draw
from pipeline.model.release import Expired
from pipeline.model.release import Figures
from pipeline.model.release import Findings
from pipeline.model.release import Judgement
from pipeline.model.release import Overturn
from pipeline.model.release import QueueAge
from pipeline.model.release import Recalled
from pipeline.model.release import Rollback
from pipeline.model.release import Sale
from pipeline.model.release import SampleState
from pipeline.model.release import Tally
from pipeline.model.release import Wave
from pipeline.model.release import WaveState
from pipeline.model.review import Behind
from pipeline.model.review import Card
from pipeline.model.review import Facets
from pipeline.model.review import Figure
from pipeline.model.review import Hold
from pipeline.model.review import Member
from pipeline.model.review import NameChange
from pipeline.model.review import Order
from pipeline.model.review import Selection

__all__ = [
    "Action",
    "Answer",
    "Batch",
    "Behind",
    "Box",
    "Candidate",
    "Card",
    "Change",
    "Complexity",
    "Decision",
    "Draw",
    "Entry",
    "Evidence",
    "Expired",
    "Facets",
    "Figure",
    "Figures",
    "Findings",
    "Flag",
    "Frame",
    "Gate",
    "Grade",
    "Hold",
    "HueShift",
    "ImageRecord",
    "Judgement",
    "Member",
    "NameChange",
    "NewImage",
    "Order",
    "Outcome",
    "Overturn",
    "Photo",
    "QcScore",
    "Queue",
    "QueueAge",
    "Reading",
    "Recalled",
    "Role",
    "Rollback",
    "Route",
    "Routing",
    "Sale",
    "SampleState",
    "Selection",
    "ShootGroup",
    "State",
    "Step",
    "Tally",
    "Verdict",
    "Version",
    "Wave",
    "WaveState",
    "WorkItem",
    "freeze",
]
