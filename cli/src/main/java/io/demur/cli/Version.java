package io.demur.cli;

import picocli.CommandLine.IVersionProvider;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/** What {@code demur --version} prints: the program's version and the Java it runs on. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() throws IOException {
        Properties properties = new Properties();
        try (InputStream in = Version.class.getResourceAsStream("version.properties")) {
            if (in == null) {
                throw new IOException("version.properties is missing from the program");
            }
            properties.load(in);
        }
        return new String[] {
            "demur %s (Java %s)"
                    .formatted(
                            properties.getProperty("version"), System.getProperty("java.version"))
        };
    }
}
