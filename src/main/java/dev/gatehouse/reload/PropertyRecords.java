package dev.gatehouse.reload;

import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationPropertiesBean;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationContext;

/**
 * The records that Gatehouse's properties are bound to. Each checks its values when it is made, so
 * that a new configuration is checked in what needs a restart too.
 */
record PropertyRecords(ApplicationContext context) {

    void check(Binder binder) {
        Map<String, ConfigurationPropertiesBean> beans =
                ConfigurationPropertiesBean.getAll(context);
        for (ConfigurationPropertiesBean bean : beans.values()) {
            Class<?> type = bean.asBindTarget().getType().toClass();
            if (type.isRecord()) {
                binder.bindOrCreate(bean.getAnnotation().prefix(), Bindable.of(type));
            }
        }
    }
}
