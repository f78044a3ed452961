package io.github.tiktokauth;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;

/** Judges every type in a public or protected signature of a type that hosts can see, type arguments included. */
final class ShownTypes extends ArchCondition<JavaClass> {

    private final BiPredicate<String, JavaClass> unwanted;

    /** The first argument of the condition is the member's name, the class's name before it. */
    ShownTypes(String description, BiPredicate<String, JavaClass> unwanted) {
        super(description);
        this.unwanted = unwanted;
    }

    @Override
    public void check(JavaClass owner, ConditionEvents events) {
        if (!isSeen(owner)) {
            return;
        }
        List<JavaType> parents = new ArrayList<>(owner.getInterfaces());
        owner.getSuperclass().ifPresent(parents::add);
        parents.forEach(parent -> judge(owner, owner.getFullName(), parent, events));
        for (JavaMember member : owner.getMembers()) {
            if (isShown(member)) {
                String name = owner.getFullName() + "." + member.getName();
                typesOf(member).forEach(type -> judge(owner, name, type, events));
            }
        }
    }

    private static boolean isSeen(JavaClass owner) {
        Optional<JavaClass> outer = owner.getEnclosingClass();
        return (owner.getModifiers().contains(JavaModifier.PUBLIC)
                        || owner.getModifiers().contains(JavaModifier.PROTECTED))
                && (outer.isEmpty()
                        || isSeen(outer.get())
                        || outer.get().getName().endsWith("Test"));
    }

    private static boolean isShown(JavaMember member) {
        return member.getModifiers().contains(JavaModifier.PUBLIC)
                || member.getModifiers().contains(JavaModifier.PROTECTED);
    }

    private static List<JavaType> typesOf(JavaMember member) {
        if (member instanceof JavaField field) {
            return List.of(field.getType());
        }
        JavaCodeUnit unit = (JavaCodeUnit) member;
        List<JavaType> types = new ArrayList<>(unit.getParameterTypes());
        types.add(unit.getReturnType());
        types.addAll(unit.getExceptionTypes());
        return types;
    }

    private void judge(JavaClass owner, String name, JavaType shown, ConditionEvents events) {
        for (JavaClass type : shown.getAllInvolvedRawTypes()) {
            if (unwanted.test(name, type.getBaseComponentType())) {
                events.add(SimpleConditionEvent.violated(owner, name + " shows " + type.getFullName()));
            }
        }
    }
}
