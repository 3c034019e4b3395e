package io.demur.eval.opinion;

/** Who says something of answers that a run's judge has judged. */
public enum Rater {
    /** Another judge. */
    SECOND("second", "the second judge"),
    /** People. */
    PEOPLE("people", "people");

    private final String id;
    private final String words;

    Rater(String id, String words) {
        this.id = id;
        this.words = words;
    }

    /** By what figures and programs know it. */
    public String id() {
        return id;
    }

    /** As people read it. */
    public String words() {
        return words;
    }
}
