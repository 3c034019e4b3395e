package io.demur.cli;

import io.demur.testkit.Golden;
import io.demur.testkit.Repository;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page of the documents, and the blocks of code in it.
 *
 * @param name the file, from the repository's root
 */
record Page(String name, String text) {

    private static final Pattern BLOCK = Pattern.compile("(?ms)^```([a-z]*)\n(.*?)^```$");

    /**
     * One block.
     *
     * @param language as its fence says; empty where it says none
     * @param from where what stands in it begins
     * @param to where it ends
     */
    record Block(String language, String text, int from, int to) {}

    static Page read(String name) {
        return new Page(name, Sources.read(Repository.root().resolve(name)));
    }

    /** All of them, in order. */
    List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(text);
        while (matcher.find()) {
            blocks.add(
                    new Block(
                            matcher.group(1), matcher.group(2), matcher.start(2), matcher.end(2)));
        }
        return blocks;
    }

    /** The number of the line where a block begins, for whoever has to look there. */
    int line(Block block) {
        return (int) text.substring(0, block.from()).chars().filter(c -> c == '\n').count() + 1;
    }

    /** The block behind a comment and a fence, which are {@code opening}. */
    Block after(String opening) {
        int from = text.indexOf(opening);
        if (from < 0) {
            throw new AssertionError("`%s` has no `%s`".formatted(name, opening));
        }
        from += opening.length();
        int to = text.indexOf("```\n", from);
        return new Block("", text.substring(from, to), from, to);
    }

    /** The page with something else in a block. */
    Page with(Block block, String content) {
        return new Page(
                name, text.substring(0, block.from()) + content + text.substring(block.to()));
    }

    /** Compares it with what the repository has. */
    void check() {
        Golden.check(name, text);
    }
}
