"""What the line calls by a short name, in the words of an editor: gates, flags, readings, stages and categories.

Names are for files and the database; a person reads titles, in their language. A name without a title (a studio's own
category, a flag of a later version) is shown as words.
"""

from collections.abc import Mapping

from PySide6.QtCore import QT_TRANSLATE_NOOP

from pipeline.model import State
from reviewer.language import translate

STATES = {
    State.NEW: QT_TRANSLATE_NOOP("Window", "Waiting"),
    State.PROCESSING: QT_TRANSLATE_NOOP("Window", "Working"),
    State.EDIT: QT_TRANSLATE_NOOP("Window", "Edit"),
    State.REVIEW: QT_TRANSLATE_NOOP("Window", "Review"),
    State.REDO: QT_TRANSLATE_NOOP("Window", "Redo"),
    State.APPROVED: QT_TRANSLATE_NOOP("Window", "Approved"),
    State.REJECTED: QT_TRANSLATE_NOOP("Window", "Rejected"),
    State.FAILED: QT_TRANSLATE_NOOP("Window", "Failed"),
    State.AUDIT: QT_TRANSLATE_NOOP("Window", "Audit"),
    State.SIGN_OFF: QT_TRANSLATE_NOOP("Window", "Sign-off"),
    State.READY: QT_TRANSLATE_NOOP("Window", "Ready"),
    State.DELIVERED: QT_TRANSLATE_NOOP("Window", "Delivered"),
    State.RECALLED: QT_TRANSLATE_NOOP("Window", "Recalled"),
}

PLATFORMS = (
    QT_TRANSLATE_NOOP("Platforms", "Amazon, main image"),
    QT_TRANSLATE_NOOP("Platforms", "Amazon, further images"),
    QT_TRANSLATE_NOOP("Platforms", "Shopify"),
    QT_TRANSLATE_NOOP("Platforms", "Google Shopping"),
    QT_TRANSLATE_NOOP("Platforms", "Printed catalogue"),
    QT_TRANSLATE_NOOP("Platforms", "eBay"),
    QT_TRANSLATE_NOOP("Platforms", "Walmart"),
    QT_TRANSLATE_NOOP("Platforms", "Zalando"),
    QT_TRANSLATE_NOOP("Platforms", "Etsy"),
    QT_TRANSLATE_NOOP("Platforms", "Meta shop"),
)
"""Places of sale that ship with the program; a studio's own are called as its settings call them."""

FINDINGS = {
    "alpha": QT_TRANSLATE_NOOP("Window", "See-through pixels"),
    "artifact": QT_TRANSLATE_NOOP("Window", "Something looks wrong"),
    "aspect": QT_TRANSLATE_NOOP("Window", "Width over height"),
    "assumed_profile": QT_TRANSLATE_NOOP("Window", "No colour profile"),
    "backdrop_brightness": QT_TRANSLATE_NOOP("Window", "Backdrop brightness"),
    "backdrop_left": QT_TRANSLATE_NOOP("Window", "Backdrop left over"),
    "backdrop_range": QT_TRANSLATE_NOOP("Window", "Backdrop unevenness"),
    "backdrop_spread": QT_TRANSLATE_NOOP("Window", "Backdrop grain"),
    "backdrop_through": QT_TRANSLATE_NOOP("Window", "Backdrop shining through"),
    "bit_depth": QT_TRANSLATE_NOOP("Window", "Bits per channel"),
    "blockiness": QT_TRANSLATE_NOOP("Window", "Coding blocks"),
    "border": QT_TRANSLATE_NOOP("Window", "Border exactly white"),
    "burnt": QT_TRANSLATE_NOOP("Window", "Burnt-out highlights"),
    "bytes": QT_TRANSLATE_NOOP("Window", "File size"),
    "cast_after": QT_TRANSLATE_NOOP("Window", "Colour cast now"),
    "cast_before": QT_TRANSLATE_NOOP("Window", "Colour cast of the original"),
    "centring": QT_TRANSLATE_NOOP("Window", "Off centre"),
    "chopped": QT_TRANSLATE_NOOP("Window", "Cut off by the photo"),
    "chroma": QT_TRANSLATE_NOOP("Window", "Colourfulness"),
    "color": QT_TRANSLATE_NOOP("Window", "Colour mode"),
    "color_shift": QT_TRANSLATE_NOOP("Window", "Colour change"),
    "cut_by_frame": QT_TRANSLATE_NOOP("Window", "Cut off by the photo"),
    "dpi": QT_TRANSLATE_NOOP("Window", "Pixels per inch"),
    "dust": QT_TRANSLATE_NOOP("Window", "Dust and scratches"),
    "edge_complexity": QT_TRANSLATE_NOOP("Window", "Length of the outline"),
    "edge_contrast_middle": QT_TRANSLATE_NOOP("Window", "Typical edge contrast"),
    "edge_contrast_worst": QT_TRANSLATE_NOOP("Window", "Faintest edge"),
    "edge_disorder": QT_TRANSLATE_NOOP("Window", "Tangled edges"),
    "edge_width": QT_TRANSLATE_NOOP("Window", "Softness of the edge"),
    "enlarged": QT_TRANSLATE_NOOP("Window", "Enlarged"),
    "exact_white": QT_TRANSLATE_NOOP("Window", "Background exactly white"),
    "fading": QT_TRANSLATE_NOOP("Window", "Edge that fades out"),
    "fill": QT_TRANSLATE_NOOP("Window", "Fills the frame"),
    "filled_holes": QT_TRANSLATE_NOOP("Window", "Holes not opened"),
    "fine_structure": QT_TRANSLATE_NOOP("Window", "Hair and fine parts"),
    "format": QT_TRANSLATE_NOOP("Window", "File format"),
    "fringe": QT_TRANSLATE_NOOP("Window", "Cut-out too large or small"),
    "fringe_share": QT_TRANSLATE_NOOP("Window", "Outline off its edge"),
    "gain_blue": QT_TRANSLATE_NOOP("Window", "White balance, blue"),
    "gain_green": QT_TRANSLATE_NOOP("Window", "White balance, green"),
    "gain_red": QT_TRANSLATE_NOOP("Window", "White balance, red"),
    "gradient_deviation": QT_TRANSLATE_NOOP("Window", "Gradients changed"),
    "grain_changed": QT_TRANSLATE_NOOP("Window", "Pixels changed all over"),
    "grain_coarse": QT_TRANSLATE_NOOP("Window", "Coarse texture"),
    "grain_fine": QT_TRANSLATE_NOOP("Window", "Fine texture"),
    "grain_middle": QT_TRANSLATE_NOOP("Window", "Middle texture"),
    "halo": QT_TRANSLATE_NOOP("Window", "Halo"),
    "hole_share": QT_TRANSLATE_NOOP("Window", "Area of holes"),
    "holes": QT_TRANSLATE_NOOP("Window", "Holes"),
    "icc": QT_TRANSLATE_NOOP("Window", "Colour profile"),
    "ink_rows": QT_TRANSLATE_NOOP("Window", "Rows of print"),
    "jaggedness": QT_TRANSLATE_NOOP("Window", "Jagged edge"),
    "lost_parts": QT_TRANSLATE_NOOP("Window", "Product cut away"),
    "low_resolution": QT_TRANSLATE_NOOP("Window", "Too few pixels"),
    "lpips_worst": QT_TRANSLATE_NOOP("Window", "Least likeness to the eye"),
    "name": QT_TRANSLATE_NOOP("Window", "File name"),
    "near_white_share": QT_TRANSLATE_NOOP("Window", "Background almost white"),
    "no_subject": QT_TRANSLATE_NOOP("Window", "No product found"),
    "off_center": QT_TRANSLATE_NOOP("Window", "Off centre"),
    "off_white_border": QT_TRANSLATE_NOOP("Window", "Border not white"),
    "off_white_field": QT_TRANSLATE_NOOP("Window", "Background not white"),
    "orientation": QT_TRANSLATE_NOOP("Window", "Orientation tag"),
    "paper": QT_TRANSLATE_NOOP("Window", "Paper white"),
    "parts": QT_TRANSLATE_NOOP("Window", "Separate parts"),
    "pieces": QT_TRANSLATE_NOOP("Window", "Separate pieces"),
    "product_changed": QT_TRANSLATE_NOOP("Window", "Product changed"),
    "reference_after": QT_TRANSLATE_NOOP("Window", "Away from the reference, now"),
    "reference_before": QT_TRANSLATE_NOOP("Window", "Away from the reference, before"),
    "repeats": QT_TRANSLATE_NOOP("Window", "Repeated fill"),
    "resolution": QT_TRANSLATE_NOOP("Window", "Longest side"),
    "seam": QT_TRANSLATE_NOOP("Window", "Visible seam"),
    "shadow_left": QT_TRANSLATE_NOOP("Window", "Shadow left over"),
    "shadow_strength": QT_TRANSLATE_NOOP("Window", "Strength of the shadow"),
    "small_holes": QT_TRANSLATE_NOOP("Window", "Small holes"),
    "smear": QT_TRANSLATE_NOOP("Window", "Smeared fill"),
    "specks": QT_TRANSLATE_NOOP("Window", "Specks"),
    "specular_clutter": QT_TRANSLATE_NOOP("Window", "Highlights and reflections"),
    "spot_height": QT_TRANSLATE_NOOP("Window", "Strength of highlights"),
    "spot_share": QT_TRANSLATE_NOOP("Window", "Share of highlights"),
    "spot_sharpness": QT_TRANSLATE_NOOP("Window", "Sharpness of highlights"),
    "ssim_unlike": QT_TRANSLATE_NOOP("Window", "Structure changed"),
    "ssim_worst": QT_TRANSLATE_NOOP("Window", "Least likeness"),
    "steps": QT_TRANSLATE_NOOP("Window", "Steps in brightness"),
    "stillness": QT_TRANSLATE_NOOP("Window", "Even areas"),
    "straightness": QT_TRANSLATE_NOOP("Window", "Straight lines"),
    "strays": QT_TRANSLATE_NOOP("Window", "Pieces that do not belong"),
    "subject_share": QT_TRANSLATE_NOOP("Window", "Product in the photo"),
    "subjects": QT_TRANSLATE_NOOP("Window", "Number of products"),
    "text_lines": QT_TRANSLATE_NOOP("Window", "Lines of text"),
    "texture": QT_TRANSLATE_NOOP("Window", "Texture inside"),
    "tilt": QT_TRANSLATE_NOOP("Window", "Leaning"),
    "tone": QT_TRANSLATE_NOOP("Window", "Brightness"),
    "tone_range": QT_TRANSLATE_NOOP("Window", "Range of tones"),
    "touching": QT_TRANSLATE_NOOP("Window", "Touches the frame"),
    "translucency": QT_TRANSLATE_NOOP("Window", "See-through parts"),
    "unasked_shift": QT_TRANSLATE_NOOP("Window", "Colour moved unasked"),
    "undecided": QT_TRANSLATE_NOOP("Window", "Unsure outline"),
    "untagged_16_bit": QT_TRANSLATE_NOOP("Window", "16 bits without a profile"),
    "wisps": QT_TRANSLATE_NOOP("Window", "Faint remains"),
    "writing": QT_TRANSLATE_NOOP("Window", "Writing on the product"),
}
GATES = {
    "touching": QT_TRANSLATE_NOOP("Window", "Free of the frame's edge"),
    "resolution": QT_TRANSLATE_NOOP("Window", "Large enough"),
}
"""What a gate asks for, where a reading of the same name is called otherwise."""

FAILED = {
    "exact_white": QT_TRANSLATE_NOOP("Window", "Background not white"),
    "border": QT_TRANSLATE_NOOP("Window", "Border not white"),
    "touching": QT_TRANSLATE_NOOP("Window", "Touches the frame"),
    "resolution": QT_TRANSLATE_NOOP("Window", "Too small"),
    "fill": QT_TRANSLATE_NOOP("Window", "Fills too much or too little"),
    "subjects": QT_TRANSLATE_NOOP("Window", "Not the expected number of products"),
}
"""What is wrong where a gate failed."""

STAGES = {
    "prepare": QT_TRANSLATE_NOOP("Run", "Read and prepare"),
    "classify": QT_TRANSLATE_NOOP("Run", "Simple or complex"),
    "cut_out": QT_TRANSLATE_NOOP("Run", "Cut out"),
    "whiten": QT_TRANSLATE_NOOP("Run", "Make white"),
    "frame": QT_TRANSLATE_NOOP("Run", "Frame"),
    "correct_color": QT_TRANSLATE_NOOP("Run", "Correct colours"),
    "score": QT_TRANSLATE_NOOP("Run", "Measure and score"),
}
CATEGORIES = {
    "jewelry": QT_TRANSLATE_NOOP("Categories", "Jewellery"),
    "fur": QT_TRANSLATE_NOOP("Categories", "Fur"),
    "lingerie": QT_TRANSLATE_NOOP("Categories", "Lingerie"),
    "transparent": QT_TRANSLATE_NOOP("Categories", "Transparent goods"),
    "glassware": QT_TRANSLATE_NOOP("Categories", "Glassware"),
    "lace": QT_TRANSLATE_NOOP("Categories", "Lace"),
    "clothing": QT_TRANSLATE_NOOP("Categories", "Clothing"),
    "eyewear": QT_TRANSLATE_NOOP("Categories", "Eyewear"),
    "plants": QT_TRANSLATE_NOOP("Categories", "Plants"),
    "cosmetics_tube": QT_TRANSLATE_NOOP("Categories", "Cosmetics in tubes"),
    "appliances": QT_TRANSLATE_NOOP("Categories", "Appliances"),
    "shoes": QT_TRANSLATE_NOOP("Categories", "Shoes"),
    "bags": QT_TRANSLATE_NOOP("Categories", "Bags"),
    "electronics": QT_TRANSLATE_NOOP("Categories", "Electronics"),
    "books": QT_TRANSLATE_NOOP("Categories", "Books"),
    "cosmetics": QT_TRANSLATE_NOOP("Categories", "Cosmetics"),
    "home": QT_TRANSLATE_NOOP("Categories", "Home"),
    "kitchen": QT_TRANSLATE_NOOP("Categories", "Kitchen"),
    "toys": QT_TRANSLATE_NOOP("Categories", "Toys"),
}
"""The categories of categories.toml; a client's own are shown as the client wrote them."""


def state_title(state: str) -> str:
    """Return where an image stands; takes a State or its value."""
    return translate("Window", STATES[State(state)])


def finding_title(name: str) -> str:
    """Return what a flag or reading is called."""
    return _title("Window", FINDINGS, name)


def gate_title(name: str) -> str:
    """Return what a gate asks for."""
    return _title("Window", FINDINGS | GATES, name)


def problem_title(name: str) -> str:
    """Return what is wrong where a gate of that name failed or such a flag was raised."""
    return _title("Window", FINDINGS | FAILED, name)


def stage_title(name: str) -> str:
    """Return what a stage of the line does."""
    return _title("Run", STAGES, name)


def category_title(name: str) -> str:
    """Return what a category is called."""
    return _title("Categories", CATEGORIES, name)


def _title(context: str, titles: Mapping[str, str], name: str) -> str:
    return translate(context, titles[name]) if name in titles else name.replace("_", " ").capitalize()


def platform_title(title: str) -> str:
    """Return what a place of sale is called, by its title in the settings."""
    return translate("Platforms", title)
