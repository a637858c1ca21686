#!/usr/bin/python3
"""Makes test/fixtures/index-facts.json: what pydicom says of every file below a folder of real DICOM data.

    /usr/bin/python3 test/support/index-facts.py ../shared/data test/fixtures/index-facts.json

Not run by the tests. Needs pydicom 2.3 and numpy, and on the path dcmtk (dcmdjpeg, dcmdjpls, dcmdrle) and gdcmconv for
what pydicom cannot decode by itself. One entry a file: rows, columns, frames, transfer syntax, the text of Pixel Spacing,
and the least and greatest stored value of the first frame (before rescale; of colour: of RGB as pydicom converts it, 8 bit;
of 1-bit pixels 0 or 1). `error` where pydicom does not read the file as an image. `judge`: who decoded it.
"""
import json, os, subprocess, sys, tempfile, warnings
import numpy as np
import pydicom
from pydicom.encaps import generate_pixel_data_frame
from pydicom.pixel_data_handlers.util import apply_color_lut, convert_color_space

warnings.simplefilter("ignore")
NATIVE = {"1.2.840.10008.1.2", "1.2.840.10008.1.2.1", "1.2.840.10008.1.2.2", "1.2.840.10008.1.2.1.99", "1.2.840.10008.1.2.5"}
TOOLS = {"4.50": [["dcmdjpeg", "+cn"], ["gdcmconv", "--raw"]], "4.51": [["dcmdjpeg", "+cn"], ["gdcmconv", "--raw"]],
         "4.57": [["dcmdjpeg", "+cn"], ["gdcmconv", "--raw"]], "4.70": [["dcmdjpeg", "+cn"], ["gdcmconv", "--raw"]],
         "4.80": [["dcmdjpls"], ["gdcmconv", "--raw"]], "4.81": [["dcmdjpls"], ["gdcmconv", "--raw"]],
         "4.90": [["gdcmconv", "--raw"]], "4.91": [["gdcmconv", "--raw"]]}


def first_frame(ds):
    """The stored values of the first frame, sign and bits as the header says."""
    if not ds.get("NumberOfFrames"):
        ds.NumberOfFrames = 1
    values = ds.pixel_array
    frames = int(ds.NumberOfFrames or 1)
    if frames > 1:
        values = values[0]
    photometric = str(ds.get("PhotometricInterpretation", ""))
    if photometric == "PALETTE COLOR":
        values = apply_color_lut(values, ds)
        if values.dtype.itemsize == 2:
            values = values >> 8 if values.max() > 255 else values
    elif photometric.startswith("YBR_FULL"):
        values = convert_color_space(values, photometric, "RGB")
    elif ds.get("SamplesPerPixel", 1) == 3:
        if ds.BitsStored > 8:
            values = values >> (ds.BitsStored - 8)
    elif values.dtype.kind in "iu" and ds.BitsAllocated > 1:
        stored, high = int(ds.BitsStored), int(ds.get("HighBit", ds.BitsStored - 1))
        if 0 < stored <= ds.BitsAllocated and stored - 1 <= high < ds.BitsAllocated:
            wide = (values.astype(np.int64) >> (high + 1 - stored)) & ((1 << stored) - 1)
            if ds.PixelRepresentation == 1:
                wide = np.where(wide >= 1 << (stored - 1), wide - (1 << stored), wide)
            values = wide
    return values


def decoded(path, ds, syntax, scratch):
    if syntax in NATIVE:
        ds.file_meta.TransferSyntaxUID = syntax
        return ds, "pydicom"
    why = "no decoder here"
    for tool in TOOLS.get(syntax.replace("1.2.840.10008.1.2.", ""), []):
        out = os.path.join(scratch, "plain.dcm")
        if os.path.exists(out):
            os.remove(out)
        run = subprocess.run(tool + [path, out], capture_output=True, text=True)
        if run.returncode == 0 and os.path.exists(out):
            plain = pydicom.dcmread(out, force=True)
            return plain, tool[0]
        why = "%s: %s" % (tool[0], (run.stderr or run.stdout).strip().splitlines()[:1])
    raise ValueError(why)


def facts(path, scratch):
    try:
        ds = pydicom.dcmread(path)
    except Exception as fault:
        try:
            ds = pydicom.dcmread(path, force=True)
            if "Rows" not in ds:
                raise fault
        except Exception:
            return {"error": str(fault)[:80]}
    if "Rows" not in ds or not any(name in ds for name in ("PixelData", "FloatPixelData", "DoubleFloatPixelData")):
        return {"error": "no pixel data", "sopClass": str(ds.get("SOPClassUID", ""))}
    try:
        syntax = str(ds.file_meta.TransferSyntaxUID)
    except AttributeError:
        syntax = "1.2.840.10008.1.2" if ds.is_implicit_VR else "1.2.840.10008.1.2.1" if ds.is_little_endian else "1.2.840.10008.1.2.2"
    spacing = ds.get("PixelSpacing")
    for groups in (ds.get("PerFrameFunctionalGroupsSequence"), ds.get("SharedFunctionalGroupsSequence")):
        if spacing is None and groups and "PixelMeasuresSequence" in groups[0]:
            spacing = groups[0].PixelMeasuresSequence[0].get("PixelSpacing")
    try:
        frames = int(ds.get("NumberOfFrames") or 1)
    except Exception:
        frames = str(ds.NumberOfFrames)
    known = {"rows": int(ds.Rows), "columns": int(ds.Columns), "frames": frames, "syntax": syntax,
             "spacing": None if spacing is None else "\\".join(str(getattr(v, "original_string", v)).strip() for v in (spacing if not isinstance(spacing, (str, float)) else [spacing]))}
    try:
        plain, judge = decoded(path, ds, syntax, scratch)
        values = first_frame(plain)
        if values.dtype.kind == "f":
            known.update(min=float(np.nanmin(values)), max=float(np.nanmax(values)), judge=judge)
        else:
            known.update(min=int(values.min()), max=int(values.max()), judge=judge)
    except Exception as fault:
        known["undecoded"] = str(fault)[:100]
    return known


def main(root, target):
    found = {}
    with tempfile.TemporaryDirectory() as scratch:
        for folder, folders, names in os.walk(root):
            folders.sort()
            for name in sorted(names):
                path = os.path.join(folder, name)
                if not os.path.islink(path):
                    found[os.path.relpath(path, root)] = facts(path, scratch)
    with open(target, "w") as out:
        out.write("{\n" + ",\n".join("%s: %s" % (json.dumps(k, ensure_ascii=False), json.dumps(v, ensure_ascii=False)) for k, v in found.items()) + "\n}\n")
    print(len(found), "files", sum("error" in v for v in found.values()), "no image", sum("undecoded" in v for v in found.values()), "undecoded")


main(sys.argv[1], sys.argv[2])
