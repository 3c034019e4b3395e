package io.demur.core.rehearsal;

import java.util.Locale;

/**
 * What a prompt asks about, and how.
 *
 * @param answer the scene that answers such a prompt
 * @param text what it is about, at most {@value #LENGTH_MAX} characters of one line
 */
record Topic(String answer, String text) {

    private static final int LENGTH_MAX = 300;

    static Topic of(Script script, String prompt) {
        String rest = Cues.without(prompt).replaceAll("\\s+", " ").replaceFirst("^[\\s¿¡]+", "");
        String answer = Script.OTHER;
        boolean more = true;
        while (more) {
            more = false;
            Script.Lead best = new Script.Lead("", "");
            String small = rest.toLowerCase(Locale.ROOT);
            for (Script.Lead lead : script.leads()) {
                if (lead.words().length() > best.words().length() && begins(small, lead.words())) {
                    best = lead;
                }
            }
            if (!best.words().isEmpty()) {
                answer = best.answer().equals(Script.POLITE) ? answer : best.answer();
                rest = rest.substring(best.words().length()).replaceFirst("^[\\s,:¿¡]+", "");
                more = answer.equals(Script.OTHER);
            }
        }
        String text = cut(rest.replaceFirst("[\\s.?!…]+$", ""));
        return new Topic(text.isEmpty() ? Script.GREETING : answer, text);
    }

    /**
     * Lower case may change a text's length in rare letters, so the lead must be there as it is.
     */
    private static boolean begins(String small, String lead) {
        return small.startsWith(lead)
                && (small.length() == lead.length()
                        || !Character.isLetterOrDigit(small.charAt(lead.length())));
    }

    private static String cut(String text) {
        if (text.length() <= LENGTH_MAX) {
            return text;
        }
        int space = text.lastIndexOf(' ', LENGTH_MAX);
        int at = space > 0 ? space : LENGTH_MAX;
        return text.substring(0, Character.isLowSurrogate(text.charAt(at)) ? at - 1 : at);
    }
}
