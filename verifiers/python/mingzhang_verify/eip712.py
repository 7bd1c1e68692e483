"""Typed messages: EIP-712, with the types of the specification's sections 1, 2, 4 and 9."""

from .abi import encode
from .keccak import keccak256

TYPES = {
    "Officer": "bytes signer,uint8 roles,uint256 nonce",
    "Roll": "uint256 roll,bytes32 record,bytes32 linesRoot,bytes32 areas,uint8 areaBytes,uint32 voters,"
    "uint64 totalArea,bytes32 buildings",
    "Keys": "uint256 roll,uint256 page,uint8 kind,bytes32 entries",
    "Revoke": "uint256 roll,uint256 page,uint256 position",
    "Redact": "bytes32 record,string path,bytes32 field,string reason",
    "Convene": "uint256 roll,bytes32 record,uint8[] items,bytes32[] plans,uint64 opensAt,uint64 closesAt,"
    "uint32 noticeSeconds,uint32 paperSeconds,uint32 revealSeconds,uint32 objectionSeconds,uint8 conflict,bool invalidParticipates",
    "Extend": "uint256 meeting,uint64 closesAt,bytes32 record",
    "Sheet": "uint256 meeting,string[] answers",
    "Seal": "uint256 meeting,bytes32 leaf,uint256 nonce",
    "PaperBatch": "uint256 meeting,bytes32 root,uint16 count",
    "Credit": "uint8 fund,uint64 credited,bytes32 record,uint256 nonce",
    "Configure": "uint8 fund,uint8 approvals,uint16 overrunBasisPoints,bytes32 record,uint256 nonce",
    "Reserve": "uint256 reservation,uint256 meeting,uint256 motion,string payee,string amountYuan,bytes32 plan,"
    "bytes32 milestones,bytes32 record",
    "ReserveEmergency": "uint256 reservation,uint8 ground,string payee,string amountYuan,bytes32 plan,"
    "bytes32 milestones,bytes32 record",
    "Submit": "uint256 claim,uint256 reservation,uint256 milestone,string title,string amountYuan,bytes32 invoice,"
    "bytes32 record",
    "Judge": "uint256 claim,string amountYuan,bytes32 invoice,bool isAccepted,bytes32 record",
    "Withdraw": "uint256 claim,string amountYuan,bytes32 invoice,bytes32 record",
    "Release": "string payee,string accountTail,string amountYuan,string title,bytes32 invoice,uint256 claim,"
    "uint256 reservation,uint256 milestone",
    "Settle": "uint256 reservation,string paidYuan,string freedYuan,bytes32 record",
    "Login": "string site,string purpose,bytes32 challenge",
}


def _encode_field(kind, value):
    """What stands for a field in the struct's encoding: dynamic values by their hash."""
    if kind.endswith("[]"):
        return keccak256(b"".join(_encode_field(kind[:-2], item) for item in value))
    if kind == "string":
        return keccak256(value.encode())
    if kind == "bytes":
        return keccak256(value)
    return encode([kind], [value])


def struct_hash(name, fields, message):
    """keccak(typeHash ‖ encoded fields); `fields` as in `TYPES`."""
    parts = [keccak256(f"{name}({fields})".encode())]
    for field in fields.split(","):
        kind, key = field.split(" ")
        parts.append(_encode_field(kind, message[key]))
    return keccak256(b"".join(parts))


def domain_separator(chain_id, contract=None):
    fields = "string name,string version,uint256 chainId"
    message = {"name": "Mingzhang", "version": "1", "chainId": chain_id}
    if contract is not None:
        fields += ",address verifyingContract"
        message["verifyingContract"] = contract
    return struct_hash("EIP712Domain", fields, message)


def digest(name, message, chain_id, contract=None):
    """The 32 bytes that are signed for a message of `TYPES`."""
    inner = struct_hash(name, TYPES[name], message)
    return keccak256(b"\x19\x01" + domain_separator(chain_id, contract) + inner)
