package io.demur.cli;

import picocli.CommandLine.IVersionProvider;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/** What {@code demur --version} prints: the program's version and the Java it runs on. */
final class Version implements IVersionProvider {

    /** The program's version alone. */
    static String number() throws IOException {
        Properties properties = new Properties();
        try (InputStream in = Version.class.getResourceAsStream("version.properties")) {
            if (in == null) {
                throw new IOException("version.properties is missing from the program");
            }
            properties.load(in);
        }
        return properties.getProperty("version", "unknown");
    }

    @Override
    public String[] getVersion() throws IOException {
        return new String[] {
            "demur %s (Java %s)".formatted(number(), System.getProperty("java.version"))
        };
    }
}
