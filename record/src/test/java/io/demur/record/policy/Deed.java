package io.demur.record.policy;

/** What a document of a walk does: more of either is stronger. */
record Deed(int posture, boolean rule) {

    boolean isAtLeast(Deed other) {
        return posture >= other.posture && (rule || !other.rule);
    }

    String document() {
        return "posture %d\n%s".formatted(posture, rule ? "refuse privacy\n" : "");
    }
}
