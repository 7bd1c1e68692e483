// Generated from the contracts by `npm run generate`; `npm run check` compares.

/** Where the contracts keep their values: slot, and for a value its place in bytes from the slot's lowest end.
 * `each` is what a mapping holds under a key, `fields` a struct's; their slots count from its own. */
export const layouts = {
  registry: {
    "_roles": {
      "slot": 2,
      "each": {
        "slot": 0,
        "offset": 0,
        "bytes": 1
      }
    },
    "_holders": {
      "slot": 3,
      "each": {
        "slot": 0,
        "offset": 0,
        "bytes": 32
      }
    },
    "_officerNonce": {
      "slot": 4,
      "offset": 0,
      "bytes": 32
    },
    "_assembly": {
      "slot": 5,
      "offset": 0,
      "bytes": 20
    },
    "_rollCount": {
      "slot": 6,
      "offset": 0,
      "bytes": 32
    },
    "_rolls": {
      "slot": 7,
      "each": {
        "slot": 0,
        "fields": {
          "voters": {
            "slot": 0,
            "offset": 0,
            "bytes": 4
          },
          "totalArea": {
            "slot": 0,
            "offset": 4,
            "bytes": 8
          },
          "areaBytes": {
            "slot": 0,
            "offset": 12,
            "bytes": 1
          },
          "keyPages": {
            "slot": 0,
            "offset": 13,
            "bytes": 2
          },
          "keysUntil": {
            "slot": 0,
            "offset": 15,
            "bytes": 5
          }
        }
      }
    },
    "_areaPages": {
      "slot": 8,
      "each": {
        "slot": 0,
        "each": {
          "slot": 0,
          "offset": 0,
          "bytes": 20
        }
      }
    },
    "_keyPages": {
      "slot": 9,
      "each": {
        "slot": 0,
        "each": {
          "slot": 0,
          "fields": {
            "store": {
              "slot": 0,
              "offset": 0,
              "bytes": 20
            },
            "kind": {
              "slot": 0,
              "offset": 20,
              "bytes": 1
            },
            "count": {
              "slot": 0,
              "offset": 21,
              "bytes": 2
            },
            "revoked": {
              "slot": 0,
              "offset": 23,
              "bytes": 2
            }
          }
        }
      }
    },
    "_revoked": {
      "slot": 10,
      "each": {
        "slot": 0,
        "each": {
          "slot": 0,
          "each": {
            "slot": 0,
            "offset": 0,
            "bytes": 32
          }
        }
      }
    }
  },
  anchor: {
    "_head": {
      "slot": 0,
      "fields": {
        "root": {
          "slot": 0,
          "offset": 0,
          "bytes": 32
        },
        "size": {
          "slot": 1,
          "offset": 0,
          "bytes": 8
        },
        "anchoredAt": {
          "slot": 1,
          "offset": 8,
          "bytes": 8
        }
      }
    }
  },
  assembly: {
    "_meetingCount": {
      "slot": 2,
      "offset": 0,
      "bytes": 32
    },
    "_polls": {
      "slot": 3,
      "each": {
        "slot": 0,
        "fields": {
          "number": {
            "slot": 0,
            "offset": 0,
            "bytes": 32
          },
          "meeting": {
            "slot": 1,
            "fields": {
              "opensAt": {
                "slot": 0,
                "offset": 0,
                "bytes": 5
              },
              "closesAt": {
                "slot": 0,
                "offset": 5,
                "bytes": 5
              },
              "paperSeconds": {
                "slot": 0,
                "offset": 10,
                "bytes": 4
              },
              "revealSeconds": {
                "slot": 0,
                "offset": 14,
                "bytes": 4
              },
              "objectionSeconds": {
                "slot": 0,
                "offset": 18,
                "bytes": 4
              },
              "motions": {
                "slot": 0,
                "offset": 22,
                "bytes": 1
              },
              "conflict": {
                "slot": 0,
                "offset": 23,
                "bytes": 1
              },
              "invalidParticipates": {
                "slot": 0,
                "offset": 24,
                "bytes": 1
              },
              "batches": {
                "slot": 0,
                "offset": 25,
                "bytes": 2
              },
              "papers": {
                "slot": 0,
                "offset": 27,
                "bytes": 2
              },
              "progressedAt": {
                "slot": 1,
                "offset": 0,
                "bytes": 5
              },
              "concludedAt": {
                "slot": 1,
                "offset": 5,
                "bytes": 5
              },
              "done": {
                "slot": 1,
                "offset": 10,
                "bytes": 2
              },
              "lapsed": {
                "slot": 1,
                "offset": 12,
                "bytes": 2
              },
              "last": {
                "slot": 1,
                "offset": 14,
                "bytes": 2
              },
              "singles": {
                "slot": 1,
                "offset": 16,
                "bytes": 2
              },
              "roll": {
                "slot": 1,
                "offset": 18,
                "bytes": 4
              },
              "items": {
                "slot": 1,
                "offset": 22,
                "bytes": 8
              }
            }
          },
          "commitments": {
            "slot": 3,
            "each": {
              "slot": 0,
              "offset": 0,
              "bytes": 32
            }
          },
          "papers": {
            "slot": 4,
            "each": {
              "slot": 0,
              "offset": 0,
              "bytes": 32
            }
          },
          "counted": {
            "slot": 5,
            "each": {
              "slot": 0,
              "offset": 0,
              "bytes": 32
            }
          },
          "singles": {
            "slot": 6,
            "each": {
              "slot": 0,
              "fields": {
                "batch": {
                  "slot": 0,
                  "offset": 0,
                  "bytes": 2
                },
                "answers": {
                  "slot": 0,
                  "offset": 2,
                  "bytes": 4
                },
                "leaf": {
                  "slot": 0,
                  "offset": 6,
                  "bytes": 26
                }
              }
            }
          },
          "ownSeals": {
            "slot": 7,
            "each": {
              "slot": 0,
              "offset": 0,
              "bytes": 32
            }
          },
          "tallies": {
            "slot": 8,
            "each": {
              "slot": 0,
              "each": {
                "slot": 0,
                "offset": 0,
                "bytes": 32
              }
            }
          },
          "plans": {
            "slot": 9,
            "each": {
              "slot": 0,
              "offset": 0,
              "bytes": 32
            }
          }
        }
      }
    },
    "_sealedPaper": {
      "slot": 4,
      "each": {
        "slot": 0,
        "offset": 0,
        "bytes": 1
      }
    }
  },
  fund: {
    "_accounts": {
      "slot": 2,
      "each": {
        "slot": 0,
        "fields": {
          "credited": {
            "slot": 0,
            "offset": 0,
            "bytes": 8
          },
          "committed": {
            "slot": 0,
            "offset": 8,
            "bytes": 8
          },
          "approvals": {
            "slot": 0,
            "offset": 16,
            "bytes": 1
          },
          "overrunBasisPoints": {
            "slot": 0,
            "offset": 17,
            "bytes": 2
          }
        }
      }
    },
    "_nonces": {
      "slot": 3,
      "each": {
        "slot": 0,
        "offset": 0,
        "bytes": 32
      }
    },
    "_reservationCount": {
      "slot": 4,
      "offset": 0,
      "bytes": 32
    },
    "_reservations": {
      "slot": 5,
      "each": {
        "slot": 0,
        "fields": {
          "amount": {
            "slot": 0,
            "offset": 0,
            "bytes": 8
          },
          "accepted": {
            "slot": 0,
            "offset": 8,
            "bytes": 8
          },
          "fund": {
            "slot": 0,
            "offset": 16,
            "bytes": 1
          },
          "approvals": {
            "slot": 0,
            "offset": 17,
            "bytes": 1
          },
          "milestones": {
            "slot": 0,
            "offset": 18,
            "bytes": 1
          },
          "isSettled": {
            "slot": 0,
            "offset": 19,
            "bytes": 1
          },
          "terms": {
            "slot": 1,
            "offset": 0,
            "bytes": 32
          }
        }
      }
    },
    "_ofMotion": {
      "slot": 6,
      "each": {
        "slot": 0,
        "each": {
          "slot": 0,
          "offset": 0,
          "bytes": 32
        }
      }
    },
    "_claimCount": {
      "slot": 7,
      "offset": 0,
      "bytes": 32
    },
    "_claims": {
      "slot": 8,
      "each": {
        "slot": 0,
        "fields": {
          "release": {
            "slot": 0,
            "offset": 0,
            "bytes": 32
          },
          "author": {
            "slot": 1,
            "offset": 0,
            "bytes": 20
          },
          "amount": {
            "slot": 1,
            "offset": 20,
            "bytes": 8
          },
          "approvals": {
            "slot": 1,
            "offset": 28,
            "bytes": 1
          },
          "isAccepted": {
            "slot": 1,
            "offset": 29,
            "bytes": 1
          }
        }
      }
    },
    "_claimOf": {
      "slot": 9,
      "each": {
        "slot": 0,
        "each": {
          "slot": 0,
          "offset": 0,
          "bytes": 32
        }
      }
    },
    "_invoices": {
      "slot": 10,
      "each": {
        "slot": 0,
        "offset": 0,
        "bytes": 32
      }
    }
  },
} as const;
