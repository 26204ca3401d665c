namespace Nop.Plugin.Payments.Mion.Api;

/// <summary>Why a file cannot be read as a description of an API.</summary>
public enum DescriptionProblem
{
    /// <summary>It can.</summary>
    None,

    /// <summary>Larger than <see cref="OpenApiReader.MaxBytes"/>.</summary>
    TooLarge,

    /// <summary>YAML: the same description is wanted as JSON.</summary>
    Yaml,

    /// <summary>Neither.</summary>
    NotJson,

    /// <summary>Nested too deep, or too much of it to be gone through.</summary>
    TooComplex,

    /// <summary>JSON, but not OpenAPI 3.0 or 3.1.</summary>
    OtherVersion,

    /// <summary>A part of it stands in another file or at an address; none is followed.</summary>
    ReferenceOutside,

    /// <summary>It describes no operations.</summary>
    NoOperations
}

/// <summary>What an OpenAPI document says about an API, without its references: plain lists that a form can carry.</summary>
public sealed record ApiDescription
{
    /// <summary>Title and version.</summary>
    public string Title { get; init; } = string.Empty;

    /// <summary>Addresses.</summary>
    public List<string> Servers { get; init; } = [];

    /// <summary>How a key is sent: a header's name, and after a colon what stands before the key.</summary>
    public List<string> KeyHeaders { get; init; } = [];

    /// <summary>What can be called.</summary>
    public List<ApiOperation> Operations { get; init; } = [];

    /// <summary>What calls back.</summary>
    public List<ApiOperation> Callbacks { get; init; } = [];
}

/// <summary>One operation, or one callback.</summary>
public sealed record ApiOperation
{
    /// <summary>In capitals.</summary>
    public string Method { get; init; } = string.Empty;

    /// <summary>With the placeholders of the description.</summary>
    public string Path { get; init; } = string.Empty;

    /// <summary>Summary, operation id and description.</summary>
    public List<string> Names { get; init; } = [];

    /// <summary>Names of parameters in the query.</summary>
    public List<string> QueryParameters { get; init; } = [];

    /// <summary>Names of headers.</summary>
    public List<string> Headers { get; init; } = [];

    /// <summary>Fields of the request's body.</summary>
    public List<ApiField> Request { get; init; } = [];

    /// <summary>Fields of the answer where all went well.</summary>
    public List<ApiField> Answer { get; init; } = [];
}

/// <summary>A field of a body.</summary>
/// <param name="Path">The way to it: names with dots between, <c>[]</c> behind a list's.</param>
/// <param name="Type">JSON Schema's type; empty where there is none.</param>
/// <param name="IsRequired">Whether it, and whatever it stands in, has to be there.</param>
/// <param name="Values">The values of an enumeration.</param>
public sealed record ApiField(string Path, string Type, string Format, bool IsRequired, List<string> Values);
