package io.demur.files.yaml;

import io.demur.core.Where;

import java.util.List;

/** One value of a document, with its place. */
sealed interface YamlNode {

    Where where();

    /**
     * A single value.
     *
     * @param text as it stands there, without quotes
     * @param plain whether it had none: only then can it be a number, a truth value or nothing
     */
    record Scalar(String text, boolean plain, Where where) implements YamlNode {

        /** Whether it stands for no value: empty, {@code ~} or {@code null}. */
        boolean isNull() {
            return plain && (text.isEmpty() || text.equals("~") || text.matches("(?i)null"));
        }

        /** Whether a reader of YAML takes it for something else than text. */
        boolean isOther() {
            return plain
                    && (isNull()
                            || text.matches("(?i)true|false")
                            || text.matches("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?")
                            || text.matches("0o[0-7]+|0x[0-9a-fA-F]+|[-+]?\\.(?i:inf|nan)"));
        }
    }

    /** Values in a row. */
    record Sequence(List<YamlNode> items, Where where) implements YamlNode {
        public Sequence {
            items = List.copyOf(items);
        }
    }

    /** Values under keys, in the order of the document. */
    record Mapping(List<Pair> pairs, Where where) implements YamlNode {
        public Mapping {
            pairs = List.copyOf(pairs);
        }
    }

    /** A key and what stands under it. */
    record Pair(Scalar key, YamlNode value) {}

    /** What a user would call it. */
    default String called() {
        return switch (this) {
            case Scalar scalar -> scalar.isNull() ? "nothing" : "`" + scalar.text() + "`";
            case Sequence sequence -> "a list";
            case Mapping mapping -> "a block of keys";
        };
    }
}
