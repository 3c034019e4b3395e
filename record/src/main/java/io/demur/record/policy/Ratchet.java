package io.demur.record.policy;

/** The rules by which a policy may change. */
final class Ratchet {
    private Ratchet() {}
}
