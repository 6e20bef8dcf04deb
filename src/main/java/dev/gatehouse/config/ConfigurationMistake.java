package dev.gatehouse.config;

import org.springframework.boot.context.config.ConfigDataNotFoundException;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/**
 * Why a configuration cannot be used, each in one line and without a secret: of exceptions that may
 * quote a file, it takes only the place.
 *
 * @param problem what is wrong, as a sentence with the property and its value
 * @param remedy what to do, as a sentence
 */
public record ConfigurationMistake(String problem, String remedy) {

    private static final String CHECK = "Correct the file; --check checks it as a start does.";

    public ConfigurationMistake {
        problem = inOneLine(problem);
        remedy = inOneLine(remedy);
    }

    public static ConfigurationMistake of(Throwable thrown) {
        InvalidPropertyException invalid =
                ExceptionCauses.find(thrown, InvalidPropertyException.class);
        if (invalid != null) {
            return new ConfigurationMistake(String.valueOf(invalid.getMessage()), invalid.remedy());
        }
        FailureAnalysis analysis = new InvalidValueFailureAnalyzer().analyze(thrown);
        if (analysis != null) {
            return new ConfigurationMistake(
                    analysis.getDescription(), String.valueOf(analysis.getAction()));
        }
        MarkedYAMLException yaml = ExceptionCauses.find(thrown, MarkedYAMLException.class);
        if (yaml != null) {
            return new ConfigurationMistake(ofYaml(yaml), CHECK);
        }
        ConfigDataNotFoundException missing =
                ExceptionCauses.find(thrown, ConfigDataNotFoundException.class);
        if (missing != null) {
            return new ConfigurationMistake(
                    "There is no " + missing.getReferenceDescription() + ".", CHECK);
        }
        BindException bind = ExceptionCauses.find(thrown, BindException.class);
        return bind == null
                ? new ConfigurationMistake(
                        "The configuration cannot be read: " + thrown.getClass().getSimpleName(),
                        CHECK)
                : new ConfigurationMistake(
                        bind.getName() + " has a value that cannot be read.", CHECK);
    }

    private static String ofYaml(MarkedYAMLException yaml) {
        Mark mark = yaml.getProblemMark();
        return mark == null
                ? "A file is not YAML."
                : "A file is not YAML, in line %d, column %d."
                        .formatted(mark.getLine() + 1, mark.getColumn() + 1);
    }

    private static String inOneLine(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ").strip();
    }
}
