#!/usr/bin/python3
"""Makes test/fixtures/fragmented-mr.json: SHA-256 of the stored values of the fragmented MR images, as gdcm and dcmtk decode them.

    /usr/bin/python3 test/support/fragment-hashes.py ../shared/data test/fixtures/fragmented-mr.json

Each file goes through `gdcmconv --raw FILE OUT`, the JPEG lossless ones also through `dcmdjpeg FILE OUT`; the two must
agree. Hashed are the values as signed 32-bit numbers, little endian. Not run by the tests.
"""
import hashlib, json, os, subprocess, sys, tempfile
import numpy as np
import pydicom

FOLDERS = {"real/mr-j2k-many-fragments": [["gdcmconv", "--raw"]],
           "real/mr-jpegll-many-fragments": [["gdcmconv", "--raw"], ["dcmdjpeg"]]}


def main(root, target):
    found = {}
    with tempfile.TemporaryDirectory() as scratch:
        out = os.path.join(scratch, "plain.dcm")
        for folder, tools in FOLDERS.items():
            for name in sorted(os.listdir(os.path.join(root, folder))):
                if not name.endswith(".dcm"):
                    continue
                hashes = set()
                for tool in tools:
                    subprocess.check_call(tool + [os.path.join(root, folder, name), out], stderr=subprocess.DEVNULL)
                    values = pydicom.dcmread(out).pixel_array.astype("<i4")
                    hashes.add(hashlib.sha256(values.tobytes()).hexdigest())
                assert len(hashes) == 1, name
                found[folder + "/" + name] = hashes.pop()
    with open(target, "w") as file:
        json.dump(found, file, indent=1)
        file.write("\n")


main(sys.argv[1], sys.argv[2])
