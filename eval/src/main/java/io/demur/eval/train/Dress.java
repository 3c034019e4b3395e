package io.demur.eval.train;

import java.util.Locale;

/** Ways in which the same reply can be set. None of them changes what it says. */
public enum Dress {
    MARKDOWN {
        @Override
        public String of(String text) {
            int end = text.indexOf(' ');
            return end < 0
                    ? "**" + text + "**"
                    : "**" + text.substring(0, end) + "**" + text.substring(end);
        }
    },
    LOWER_CASE {
        @Override
        public String of(String text) {
            return text.toLowerCase(Locale.ROOT);
        }
    },
    UPPER_CASE {
        @Override
        public String of(String text) {
            return text.toUpperCase(Locale.ROOT);
        }
    },
    WHITE_SPACE {
        @Override
        public String of(String text) {
            return "\n " + text.replace(". ", ".  ").replace("\n", "\n\n") + " \n";
        }
    },
    /** What some servers leave around a reply. */
    VENDOR_MARKS {
        @Override
        public String of(String text) {
            return "<|im_start|>assistant\n" + text + "<|im_end|>";
        }
    };

    /** The same reply in this dress. */
    public abstract String of(String text);
}
