package dev.gatehouse.tools.job;

import java.util.List;
import java.util.Optional;

/** The tools that are enabled, by name. */
public final class JobTools {

    private final List<ToolRegistration> all;

    public JobTools(List<ToolRegistration> all) {
        this.all = List.copyOf(all);
    }

    public List<ToolRegistration> all() {
        return all;
    }

    public Optional<ToolRegistration> find(String name) {
        return all.stream().filter(tool -> tool.name().equals(name)).findFirst();
    }

    /** The tool of that name, which is enabled. */
    public ToolRegistration get(String name) {
        return find(name).orElseThrow(() -> new IllegalStateException("There is no tool " + name));
    }
}
