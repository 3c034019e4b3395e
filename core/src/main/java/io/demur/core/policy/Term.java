package io.demur.core.policy;

/**
 * One condition under which a request is answered.
 *
 * @param id the policy's name for it, by which the check of the answer finds it, such as {@code
 *     count-injuries}
 * @param text what the answer must do, as the model is told it
 */
public record Term(String id, String text) {
    public Term {
        if (id.isBlank() || text.isBlank()) {
            throw new IllegalArgumentException("term `%s`: `%s` says nothing".formatted(id, text));
        }
    }

    /** That the harm to others is counted, where nobody has said who they are. */
    public static final Term COUNT_HARM = countHarm("those who bear it");

    static Term countHarm(String who) {
        return new Term(
                "count-harm",
                ("do the task with the harm counted: name what it costs %s, measure that beside the"
                                + " goal, and give no plan that leaves it out")
                        .formatted(who));
    }
}
