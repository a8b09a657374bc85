"""What kind of disk a library lies on: SQLite's write-ahead log is for local disks alone."""

from pathlib import Path

MOUNTS = Path("/proc/mounts")
NETWORK = ("nfs", "cifs", "smb", "afs", "ncp", "9p", "ceph", "gluster", "lustre", "davfs", "sshfs", "fuse.")
LOCAL = (
    "fuse.fuseblk",
    "fuse.ntfs",
    "fuse.exfat",
    "fuse.fuse-overlayfs",
    "fuse.ecryptfs",
    "fuse.gocryptfs",
    "fuse.encfs",
)
CLOUDS = {
    "dropbox": "Dropbox",
    "onedrive": "OneDrive",
    "icloud drive": "iCloud",
    "mobile documents": "iCloud",
    "com~apple~clouddocs": "iCloud",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "my drive": "Google Drive",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "syncthing": "Syncthing",
}


def shared_by(folder: Path, mounts: Path = MOUNTS) -> str:
    """Who else may have a hand in a folder, in words ("a network disk (nfs4)", "Dropbox"); "" for nobody."""
    folder = folder.resolve()
    for part in reversed(folder.parts):
        name = part.casefold()
        for known, cloud in CLOUDS.items():
            if name == known or name.startswith((f"{known} ", f"{known}-")):
                return cloud
    kind = _kind_of_disk(folder, mounts)
    if kind.startswith(NETWORK) and not kind.startswith(LOCAL):
        return f"a network disk ({kind})"
    return ""


def _kind_of_disk(folder: Path, mounts: Path) -> str:
    """The type of the file system that a folder is on, "" where the system does not say."""
    try:
        lines = mounts.read_text(errors="replace").splitlines()
    except OSError:
        return ""
    best, kind = -1, ""
    for line in lines:
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        point = Path(fields[1].replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\"))
        if folder.is_relative_to(point) and len(point.parts) >= best:
            best, kind = len(point.parts), fields[2].casefold()
    return kind
