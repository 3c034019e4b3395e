package io.demur.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;

import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;

class JudgeOptionsTest {

    @Command(name = "host")
    private static final class Host {
        @Mixin private JudgeOptions judges = new JudgeOptions();
    }

    @Test
    void anEncoderThatHasNoFolderToBeUnpackedToIsSaidAsAWrongOption() {
        check(
                new UncheckedIOException(
                        "native libraries of the encoder", new AccessDeniedException("/nowhere")),
                "native libraries of the encoder: writing `/nowhere` is not allowed");
        check(new IllegalStateException("damaged"), "damaged");
    }

    private static void check(RuntimeException thrown, String why) {
        Host host = new Host();
        new CommandLine(host).parseArgs("--deep");
        ParameterException said =
                assertThrows(
                        ParameterException.class,
                        () ->
                                host.judges.loaded(
                                        () -> {
                                            throw thrown;
                                        }));
        assertEquals("--deep: the encoder cannot be loaded: " + why, said.getMessage());
    }
}
