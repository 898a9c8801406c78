"""Verifies a COSE receipt (RFC 9942) with libraries that know nothing of Tiwizi.

Arguments: the file, and the verifier key of its log (c2sp.org/signed-note). Prints the event.
"""
import base64
import hashlib
import sys

import cbor2
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


def sign1(data):
    """The four parts of a COSE_Sign1 (RFC 9052, section 4.2)."""
    tagged = cbor2.loads(data)
    assert tagged.tag == 18
    protected, unprotected, payload, signature = tagged.value
    return protected, cbor2.loads(protected), unprotected, payload, signature


def root_of(leaf, index, size, path):
    """RFC 9162, section 2.1.3.2."""
    assert index < size
    place, last, root = index, size - 1, leaf
    for sibling in path:
        assert last != 0
        if place & 1 or place == last:
            root = hashlib.sha256(b"\x01" + sibling + root).digest()
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            root = hashlib.sha256(b"\x01" + root + sibling).digest()
        place, last = place >> 1, last >> 1
    assert last == 0
    return root


def main():
    with open(sys.argv[1], "rb") as file:
        data = file.read()
    name, key_id, encoded = sys.argv[2].split("+", 2)
    algorithm, public = base64.b64decode(encoded)[:1], base64.b64decode(encoded)[1:]
    assert algorithm == b"\x01"
    key = Ed25519PublicKey.from_public_bytes(public)

    def verify(protected, header, payload, signature):
        assert header[1] == -19 and header[4] == bytes.fromhex(key_id) and header[15][1] == name
        key.verify(signature, cbor2.dumps(["Signature1", protected, b"", payload]))

    protected, header, unprotected, event, signature = sign1(data)
    verify(protected, header, event, signature)
    assert header[3] == "application/json"
    (receipt,) = unprotected[394]
    protected, header, unprotected, payload, signature = sign1(receipt)
    assert header[395] == 1 and payload is None
    (proof,) = unprotected[396][-1]
    size, index, path = cbor2.loads(proof)
    assert header[15][2] == str(size)
    root = root_of(hashlib.sha256(b"\x00" + event).digest(), index, size, path)
    verify(protected, header, root, signature)
    print(event.decode())


main()
