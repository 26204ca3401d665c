using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Nop.Plugin.Payments.Mion.Tests.Package;

/// <summary>
/// What an assembly's file says about public API, one line for a type, a member or a constant, as the listings in
/// <c>NopCommerce/</c> have them: <c>Nop.Core Nop.Core.BaseEntity::get_Id() : System.Int32</c>.
/// </summary>
internal static class AssemblyApi
{
    private static readonly string[] _host =
        ["Nop.Core", "Nop.Data", "Nop.Services", "Nop.Web.Framework", "FluentMigrator", "FluentMigrator.Abstractions", "linq2db"];

    /// <summary>Every type and member of a store's assemblies that an assembly refers to.</summary>
    public static IReadOnlySet<string> ReadReferences(string path) => Read(path, metadata =>
    {
        var lines = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var handle in metadata.TypeReferences)
        {
            if (FindAssembly(metadata, handle) is { } assembly)
                lines.Add($"{assembly} {Names.Of(metadata, handle)}");
        }

        foreach (var member in metadata.MemberReferences.Select(metadata.GetMemberReference))
        {
            // what has a < in its name was written by the compiler, as a record's copy
            var name = metadata.GetString(member.Name);
            if (name.Contains('<', StringComparison.Ordinal))
                continue;
            if (FindType(metadata, member.Parent) is { } type && FindAssembly(metadata, type) is { } assembly)
                lines.Add($"{assembly} {Names.Of(metadata, type)}::{name}{Describe(member)}");
        }

        return lines;
    });

    /// <summary>Every constant and enumeration value that an assembly declares: a compiler copies them, no reference stays.</summary>
    public static IReadOnlySet<string> ReadConstants(string path) => Read(path, metadata =>
    {
        var assembly = metadata.GetString(metadata.GetAssemblyDefinition().Name);
        var lines = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var type in metadata.TypeDefinitions)
        {
            foreach (var field in metadata.GetTypeDefinition(type).GetFields().Select(metadata.GetFieldDefinition))
            {
                var isPublic = (field.Attributes & FieldAttributes.FieldAccessMask) == FieldAttributes.Public;
                if (isPublic && field.Attributes.HasFlag(FieldAttributes.Literal))
                    lines.Add($"{assembly} {Names.Of(metadata, type)}::{metadata.GetString(field.Name)} = {ReadValue(metadata, field)}");
            }
        }

        return lines;
    });

    /// <summary>A type's members, by reflection: for interfaces that the plugin implements.</summary>
    public static IEnumerable<string> GetMembers(Type type) => Read(type.Assembly.Location, metadata =>
    {
        var definition = metadata.TypeDefinitions.Single(handle => Names.Of(metadata, handle) == type.FullName);
        return metadata.GetTypeDefinition(definition).GetMethods().Select(metadata.GetMethodDefinition)
            .Select(method => metadata.GetString(method.Name) + Describe(method.DecodeSignature(Names.Instance, null)))
            .Select(method => $"{type.Assembly.GetName().Name} {type.FullName}::{method}").ToList();
    });

    /// <summary>The tags that a tag helper answers to, and the attributes that it takes under another name than the property's.</summary>
    public static IEnumerable<string> GetTags(Type type)
    {
        var name = $"{type.Assembly.GetName().Name} {type.FullName}";
        return type.GetCustomAttributes<HtmlTargetElementAttribute>(inherit: false).Select(tag => $"{name} <{tag.Tag}> {tag.Attributes}".TrimEnd() + $" {tag.TagStructure}")
            .Concat(type.GetProperties().Where(property => property.DeclaringType == type)
                .SelectMany(property => property.GetCustomAttributes<HtmlAttributeNameAttribute>().Select(attribute => $"{name}::{property.Name} <{attribute.Name}>")));
    }

    private static T Read<T>(string path, Func<MetadataReader, T> read)
    {
        using var file = new PEReader(File.OpenRead(path));
        return read(file.GetMetadataReader());
    }

    private static string? FindAssembly(MetadataReader metadata, TypeReferenceHandle handle)
    {
        var scope = metadata.GetTypeReference(handle).ResolutionScope;
        if (scope.Kind == HandleKind.TypeReference)
            return FindAssembly(metadata, (TypeReferenceHandle)scope);
        if (scope.Kind != HandleKind.AssemblyReference)
            return null;
        var name = metadata.GetString(metadata.GetAssemblyReference((AssemblyReferenceHandle)scope).Name);
        return _host.Contains(name) ? name : null;
    }

    /// <summary>The type that a member is looked for in; of a generic one, its definition.</summary>
    private static TypeReferenceHandle? FindType(MetadataReader metadata, EntityHandle parent)
    {
        if (parent.Kind == HandleKind.TypeReference)
            return (TypeReferenceHandle)parent;
        if (parent.Kind != HandleKind.TypeSpecification)
            return null;
        var signature = metadata.GetBlobReader(metadata.GetTypeSpecification((TypeSpecificationHandle)parent).Signature);
        if (signature.ReadSignatureTypeCode() != SignatureTypeCode.GenericTypeInstance)
            return null;
        signature.ReadSignatureTypeCode();
        return signature.ReadTypeHandle() is { Kind: HandleKind.TypeReference } definition ? (TypeReferenceHandle)definition : null;
    }

    private static string Describe(MemberReference member) => member.GetKind() == MemberReferenceKind.Method
        ? Describe(member.DecodeMethodSignature(Names.Instance, null))
        : $" : {member.DecodeFieldSignature(Names.Instance, null)}";

    private static string Describe(MethodSignature<string> signature) =>
        (signature.GenericParameterCount > 0 ? $"`{signature.GenericParameterCount}" : string.Empty)
        + $"({string.Join(", ", signature.ParameterTypes)}) : {signature.ReturnType}";

    private static string ReadValue(MetadataReader metadata, FieldDefinition field)
    {
        var constant = metadata.GetConstant(field.GetDefaultValue());
        var value = metadata.GetBlobReader(constant.Value).ReadConstant(constant.TypeCode);
        return Convert.ToString(value, CultureInfo.InvariantCulture) ?? "null";
    }

    /// <summary>Types as texts.</summary>
    private sealed class Names : ISignatureTypeProvider<string, object?>
    {
        public static Names Instance { get; } = new();

        public static string Of(MetadataReader metadata, TypeReferenceHandle handle)
        {
            var type = metadata.GetTypeReference(handle);
            return type.ResolutionScope.Kind == HandleKind.TypeReference
                ? $"{Of(metadata, (TypeReferenceHandle)type.ResolutionScope)}+{metadata.GetString(type.Name)}"
                : Join(metadata.GetString(type.Namespace), metadata.GetString(type.Name));
        }

        public static string Of(MetadataReader metadata, TypeDefinitionHandle handle)
        {
            var type = metadata.GetTypeDefinition(handle);
            return type.IsNested ? $"{Of(metadata, type.GetDeclaringType())}+{metadata.GetString(type.Name)}"
                : Join(metadata.GetString(type.Namespace), metadata.GetString(type.Name));
        }

        public string GetPrimitiveType(PrimitiveTypeCode typeCode) => $"System.{typeCode}";

        public string GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) => Of(reader, handle);

        public string GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => Of(reader, handle);

        public string GetTypeFromSpecification(
            MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) =>
            reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

        public string GetGenericInstantiation(string genericType, ImmutableArray<string> typeArguments) =>
            $"{genericType}<{string.Join(", ", typeArguments)}>";

        public string GetGenericTypeParameter(object? genericContext, int index) => $"!{index}";

        public string GetGenericMethodParameter(object? genericContext, int index) => $"!!{index}";

        public string GetSZArrayType(string elementType) => elementType + "[]";

        public string GetArrayType(string elementType, ArrayShape shape) => $"{elementType}[{new string(',', shape.Rank - 1)}]";

        public string GetByReferenceType(string elementType) => elementType + "&";

        public string GetPointerType(string elementType) => elementType + "*";

        public string GetPinnedType(string elementType) => elementType;

        public string GetModifiedType(string modifier, string unmodifiedType, bool isRequired) => unmodifiedType;

        public string GetFunctionPointerType(MethodSignature<string> signature) => "*";

        private static string Join(string space, string name) => space.Length == 0 ? name : $"{space}.{name}";
    }
}
