"""The profile of the monitor, asked from the system: Windows, macOS, X11, and colord for Wayland.

Qt tells nothing about it. Whatever is not the profile of an RGB monitor counts as unknown.
"""

import ctypes
import ctypes.util
import sys
from pathlib import Path

HEADER = 128
CLASS, SPACE, SIGNATURE = slice(12, 16), slice(16, 20), slice(36, 40)
COLORD = "org.freedesktop.ColorManager"
LONGEST = 4 * 2**20


def monitor_profile(screen: int, qt_platform: str) -> bytes | None:
    """Return the ICC profile of the screen of that number, None where the system names none.

    `qt_platform` is what `QGuiApplication.platformName()` says.
    """
    readers = {"windows": _of_windows, "cocoa": _of_macos, "xcb": _of_x11, "wayland": _of_colord}
    reader = readers.get(qt_platform.split("-")[0])
    if reader is None:
        return None
    try:
        icc = reader(screen)
    except (OSError, AttributeError, ValueError, ctypes.ArgumentError):
        # A library that is missing or another than expected leaves the profile unknown, which the window shows.
        return None
    return icc if icc is not None and is_monitor_profile(icc) else None


def is_monitor_profile(icc: bytes) -> bool:
    """Say whether these bytes are an ICC profile of an RGB monitor."""
    complete = len(icc) >= HEADER and int.from_bytes(icc[:4], "big") == len(icc)
    return complete and (icc[CLASS], icc[SPACE], icc[SIGNATURE]) == (b"mntr", b"RGB ", b"acsp")


def _of_x11(screen: int) -> bytes | None:
    """The atom _ICC_PROFILE of the root window, with the screen's number from the second screen on."""
    x11 = ctypes.CDLL(ctypes.util.find_library("X11") or "libX11.so.6")
    x11.XOpenDisplay.restype = x11.XDefaultRootWindow.restype = ctypes.c_void_p
    x11.XInternAtom.restype = ctypes.c_ulong
    display = x11.XOpenDisplay(None)
    if not display:
        return None
    handle = ctypes.c_void_p(display)
    try:
        name = b"_ICC_PROFILE" if screen == 0 else b"_ICC_PROFILE_%d" % screen
        atom = x11.XInternAtom(handle, name, 1)
        return _x11_property(x11, handle, atom) if atom else None
    finally:
        x11.XCloseDisplay(handle)


def _x11_property(x11: ctypes.CDLL, display: ctypes.c_void_p, atom: int) -> bytes | None:
    kind, width = ctypes.c_ulong(), ctypes.c_int()
    count, more, data = ctypes.c_ulong(), ctypes.c_ulong(), ctypes.POINTER(ctypes.c_ubyte)()
    root = ctypes.c_ulong(x11.XDefaultRootWindow(display))
    answers = [ctypes.byref(answer) for answer in (kind, width, count, more, data)]
    longs = ctypes.c_long(LONGEST // 4)
    failed = x11.XGetWindowProperty(
        display, root, ctypes.c_ulong(atom), ctypes.c_long(0), longs, 0, ctypes.c_ulong(0), *answers
    )
    if failed or not data:
        return None
    try:
        return ctypes.string_at(data, count.value) if width.value == 8 else None
    finally:
        x11.XFree(data)


def _of_windows(screen: int) -> bytes | None:
    """The file that GetICMProfileW names for the device context of that display."""
    gdi, user = ctypes.windll.gdi32, ctypes.windll.user32  # type: ignore[attr-defined]
    context = gdi.CreateDCW("DISPLAY", f"\\\\.\\DISPLAY{screen + 1}", None, None) or user.GetDC(None)
    length = ctypes.c_ulong(0)
    gdi.GetICMProfileW(context, ctypes.byref(length), None)
    name = ctypes.create_unicode_buffer(length.value or 1)
    found = gdi.GetICMProfileW(context, ctypes.byref(length), name)
    gdi.DeleteDC(context)
    return Path(name.value).read_bytes() if found else None


def _of_macos(screen: int) -> bytes | None:
    """CGDisplayCopyColorSpace of the display, as ICC data."""
    graphics = ctypes.CDLL("/System/Library/Frameworks/CoreGraphics.framework/CoreGraphics")
    foundation = ctypes.CDLL("/System/Library/Frameworks/CoreFoundation.framework/CoreFoundation")
    for call in (graphics.CGDisplayCopyColorSpace, graphics.CGColorSpaceCopyICCData, foundation.CFDataGetBytePtr):
        call.restype = ctypes.c_void_p
    foundation.CFDataGetLength.restype = ctypes.c_long
    displays, count = (ctypes.c_uint32 * 16)(), ctypes.c_uint32()
    graphics.CGGetActiveDisplayList(16, displays, ctypes.byref(count))
    if screen >= count.value:
        return None
    space = ctypes.c_void_p(graphics.CGDisplayCopyColorSpace(displays[screen]))
    data = ctypes.c_void_p(graphics.CGColorSpaceCopyICCData(space))
    if not data:
        return None
    icc = ctypes.string_at(foundation.CFDataGetBytePtr(data), foundation.CFDataGetLength(data))
    foundation.CFRelease(data)
    foundation.CFRelease(space)
    return icc


def _of_colord(screen: int) -> bytes | None:
    """The file of the default profile of the display device of that number, as colord lists them."""
    # Late: only Wayland needs it.
    from PySide6.QtDBus import QDBusConnection
    from PySide6.QtDBus import QDBusInterface
    from PySide6.QtDBus import QDBusMessage

    bus = QDBusConnection.systemBus()
    if sys.platform != "linux" or not bus.isConnected():
        return None
    manager = QDBusInterface(COLORD, "/org/freedesktop/ColorManager", COLORD, bus)
    answer = manager.call("GetDevicesByKind", "display")
    devices = answer.arguments()[0] if answer.type() == QDBusMessage.MessageType.ReplyMessage else []
    if screen >= len(devices):
        return None
    device = QDBusInterface(COLORD, _path(devices[screen]), f"{COLORD}.Device", bus)
    profiles = device.property("Profiles") or []
    if not profiles:
        return None
    profile = QDBusInterface(COLORD, _path(profiles[0]), f"{COLORD}.Profile", bus)
    file = profile.property("Filename")
    return Path(str(file)).read_bytes() if file else None


def _path(found: object) -> str:
    return str(found.path()) if hasattr(found, "path") else str(found)
