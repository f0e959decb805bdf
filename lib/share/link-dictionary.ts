/**
 * Text that packed graphs of codec 1 are likely to hold: deflate refers back to it as if it had been sent. It is
 * frozen with the codec: one changed character, and every link made with it is lost. Seldom words come first,
 * since references to the end are shorter.
 */
const kinds = `categorical-code uniform-code shuffle replay parameter stop-gradient conv1d conv3d conv3d-transpose
depthwise-conv2d masked-dense embedding self-attention max-pool2d dot distance reduce scale slice argmax interpolate
prelu elu selu gelu swish softplus softmax virtual-batch-norm layer-norm instance-norm group-norm pixel-norm
conditional-batch-norm adaptive-instance-norm minibatch-stddev minibatch-discrimination pack batch-moments
reparameterize gumbel-softmax coupling progressive-blend loss-maximum-likelihood loss-relativistic loss-f-gan
loss-energy loss-semi-supervised cross-entropy mean-squared-error l1 mean feature-matching gaussian-log-likelihood
kl-to-normal flow-log-likelihood pull-away total-variation gradient-norm expression rmsprop adagrad view-arrows
view-pairs view-manifold metric-mmd metric-divergence metric-frechet metric-labels metric-accuracy metric-code
metric-reconstruction metric-density-ratio gaussian-noise upsample2d pixel-shuffle average-pool2d
global-average-pool2d concat add multiply subtract constant loss-hinge loss-wasserstein gradient-penalty weighted-sum
loss-minimax loss-least-squares binary-cross-entropy metric-value metric-wasserstein view-values note sgd`;

const params = `"classes":10"perClass":"split":"train"count":"options":{"points":"columns":5,"spacing":"noise":"source":
"swiss-roll""two-moons""two-rings""checkerboard""spiral""stacked-glyphs""shapes""faces""gaussian""bimodal"
"two-gaussians""point""line""grid""grammar""glyphs","options":{"size":28}"mean":4,"sd":1.25
"inverse":true"sample":"autoregressive""dilation":"init":"glorot-normal""glorot-uniform""he-uniform""torch"
"orthogonal""zeros""normal","initScale":0.02,"spectralNorm":true,"powerIterations":"equalizedLearningRate":true
"reflect""valid""multiplier":"nearest""bilinear""axes":"axis":-1"factor":"offset":"target":1,"sided":"two""one"
"interpolated","weight":10"terms":{"gan":1,"cycle":10}"formula":"negate":"average":false"divergence":"kl"
"generator":"heuristic""margin":"cap":"a":0,"b":1,"c":1"realTarget":0.9,"fakeTarget":"scores":"probabilities"
"decay":0.9,"epsilon":1e-8"momentum":0.9"clipWeights":0.01"clipNorm":"variant":"optimistic""unroll":"steps":5
"minimum":20,"samples":2500,"every":500"dataset":"data""network":"D","input":"x","output":"score"
"distribution":"uniform","low":-1,"high":1"truncated-normal""rate":0.3"slope":0.1"momentum":0.8
"text":"useBias":false,"init":"normal","initScale":0.05},{"momentum":0.9},0,{"filters":16,"init":"normal","initScale":0.05},0,{"useBias":false},{"filters":128,"kernelSize":5,"strides":2},0,{"filters":64,"kernelSize":4,"strides":2
,"padding":"same"},0,{"shape":[7,7,128]},0,{"shape":[100]}{"source":"ring","options":{"modes":8,"radius":1,"sd":0.01}}
{"learningRate":0.0001,"curve":"cosine""step","start":0.5,"end":1,"beta1":0.9,"order":2
{"learningRate":{"from":0.001,"to":0.00001,"curve":"linear"},"beta1":0.5,"beta2":0.99,"order":0}
{"learningRate":0.0002,"beta1":0.5,"order":1}{"network":"G","weights":"ema","mode":"eval"}{"network":"E"}
{"network":"G"},{"network":"D"},{"network":"D"},0,{"units":256},0,{"units":1},{"name":"image"},{"name":"code"}
,{"name":"labels"},{"name":"y"},{"name":"z"},{"units":128},0,{"units":128},0,{"units":2},{"name":"x"},{"name":"x"}
,{"units":128},0,{"units":1},{"name":"score"}]`;

const document = `"iterations":10000"update":"simultaneous""extragradient""consensus""batches":"per-iteration"
"state":"bypassed"muted""title":"Samples"}"title":"Losses"}],[9,{"size":[220,220],"title":"Real data"}],[10,{"size":[
320,200]}],[11,{"size":[200,200],"size":[180,180]"title":"SGD · D"}],[7,{"title":"SGD · G"}],[8,{"title":"Adam · D"}],
[7,{"title":"Adam · G"}],[8,{"title":"G(z), averaged"}],[[2,{"title":"G(z)"}],[3,{"title":"D(G(z))"}],[4,{"title":"D(x)"}
"Encoder","teal""Classifier","rose""Critic","blue""green""orange""slate"(Goodfellow et al. 2014)(Radford et al. 2015)
convolutions, batch normalisation, gradient penalty, learning rate, mode collapse, latent space, the conditional GAN
 learns to draw images from noise. The game of two networks: the generator makes fakes, the discriminator tells them
 apart from the data. Each player moves when the other one does; that is why it is so small. After a few hundred
 iterations every mode is found.\\n\\n**Look at** the picture: the samples, the surface, the density, the opinion of D,
 the loss of the generator and the discriminator.\\n\\n**Try:** mute the optimizer; two steps instead of one;
 replace Adam by SGD; set the rate to half; make the latent wider.","about":[1,"","",{"batchSize":32,"iterations":2000},[["G","Generator","violet",0,580,1120,130],
["D","Discriminator","amber",0,740,1120,130]],"z data fake real d-fake d-real loss loss-d loss-g optimizer-d
 optimizer-g sgd-d sgd-g adam-d adam-g ema samples losses quality surface values wasserstein note
 g-in g-dense-1 g-act-1 g-norm-1 g-dense-2 g-act-2 g-norm-2 g-reshape g-conv-1 g-dense-3 g-act-3 g-dense-4 g-tanh g-out
 d-in d-conv-1 d-dense-1 d-act-1 d-conv-2 d-dropout-1 d-dense-2 d-act-2 d-flatten d-dense-3 d-act-3 d-dense-4 d-out",
"latent dataset call call call loss-non-saturating adam adam call view-samples metric-modes view-surface network-input
 dense batch-norm relu dense relu reshape conv2d-transpose batch-norm relu conv2d tanh network-output network-input
 conv2d leaky-relu dropout conv2d leaky-relu flatten dense sigmoid network-output network-input dense leaky-relu dense
 leaky-relu dense leaky-relu dense network-output",[0,0,0,0,0,0,0,0,0,0,0,0,0,1,1,1,1,1,1,1,1,1,2,2,2,2,2,2,2,2,2,2]
,[0,200,180,0,180,200,0,-560,180,200,180,-740,120,120,120,120,120,120,120,120,-940,100,120,120,120,120,120,120]
,[0,180,-180,0,180,-100,100,-180,360,0,0,0,-310,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0],`;

const wires = `"out.in out.a out.b out.style out.labels labels.labels x.y y.y x.data out.score x.image image.x
 look-ahead.opponent loss.loss out.loss g.values d.values x.in out.in out.in out.in out.in out.z x.x x.x score.fake
 score.real g.loss d.loss theta.theta theta.theta out.z x.fake x.real x.samples",[13,1,1,1,1,1,1,2,1,1,1,1,1,1,-20
,2,-1,1,1,0,-6,-1,-3,7,0,-7,7],[1,1,1,1,1,1,1,1,1,1,1,1,2,1,3,2,1,1,2,7,6,8,1,8,1,2]]`;

const joined = [kinds.replaceAll('\n', ' '), params, document, wires]
  .map((text) => text.replaceAll('\n', ''))
  .join('');

/** What blocks are likely to hold besides: codec 2 has it behind the rest. */
const blocks = `right quality cycle loss d-fake d-real {"dataset":"y"}},{"title":"Right mode"}],[{"network":"D"},{"network":
"D"},0,0,0,{"init":"torch"},0,{"init":"torch"},0,{"units":2,"init":"torch"}],[],"out.in out.in out.in out.in",[0,1,1,1],
[1,1,1,1]]],[[1,{"block":"residual"}],"dense-1 act-1 dense-2 act-2 dense-3 act-3","dense leaky-relu dense leaky-relu dense"
,[0,0,0,0,0],[0,152,152,152,152],[0,0,0,0,0],x dense-1.in,add.in;out add.out;",{},[],[["residual","Residual",0,
"x dense-1.in;out dense-3.out;",{},[],["critic","Critic",0,"["block","Block",1,"fake d-fake.x,real d-real.x;
g loss.g,d loss.d;network d-fake.network d-real.network"`;

/** Of a codec. */
export const dictionaryOf = (codec: number): Uint8Array => (codec === 1 ? plain : extended);

const plain = new TextEncoder().encode(joined);
const extended = new TextEncoder().encode(joined + blocks.replaceAll('\n', ''));
